"""The look of the site and what all its pages share: theme, components, page frame and addresses."""
