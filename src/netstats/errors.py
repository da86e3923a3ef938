"""The one base error of the project, shown to people the same way everywhere."""

import errno


def why(error: OSError) -> str:
    """Return in French why the system refuses a file; its own words are in its own language."""
    if error.errno in (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return "il n’y a plus de place"
    if error.errno == errno.ENAMETOOLONG:
        return "son nom est trop long"
    for kind, reason in _REASONS:
        if isinstance(error, kind):
            return reason
    return error.strerror or str(error) or type(error).__name__


_REASONS: tuple[tuple[type[OSError], str], ...] = (
    (FileNotFoundError, "il n’existe pas"),
    (IsADirectoryError, "c’est un dossier"),
    (NotADirectoryError, "ce n’est pas un dossier"),
    (PermissionError, "vous n’en avez pas le droit"),
    (FileExistsError, "il existe déjà"),
)


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
