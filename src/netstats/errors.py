"""The one base error of the project, shown to people the same way everywhere."""


class NetstatsError(Exception):
    """Something a person can mend.

    Parameters
    ----------
    what
        What happened and where, one French sentence.
    remedy
        What to do about it, one French sentence; may be empty when there is nothing to do.
    """

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what if not remedy else f"{what} {remedy}")
        self.what = what
        self.remedy = remedy
