"""Why something is not done: what may not be known, what may not be done, what is not allowed now, who was first."""


class HiddenError(Exception):
    """Somebody asks for a thing of which not even the existence may be known; answered as if it were not there."""


class ForbiddenError(Exception):
    """Somebody may see a thing, and may not do this to it."""


class NotNowError(Exception):
    """What is asked is not allowed in the state in which a thing is; the sentence says why and what is."""

    def __init__(self, sentence: str) -> None:
        """Keep the sentence for the reader; it is a text that ``gettext`` knows."""
        super().__init__(sentence)
        self.sentence = sentence


class ChangedMeanwhileError(Exception):
    """Somebody else changed the thing since it was read; nothing is overwritten."""

    def __init__(self, thing: object) -> None:
        """Keep the thing as it is now."""
        super().__init__()
        self.thing = thing
