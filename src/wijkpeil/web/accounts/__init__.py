"""Who somebody is and what they may: accounts, roles in a programme, and the table of permissions."""
