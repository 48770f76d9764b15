"""The house proves its own statements on worlds in which the truth is known, because they were planted."""

from wijkpeil.calibration.lines import Claim, Limits, Line, Part, all_within
from wijkpeil.calibration.run import PROOFS, SEED, Effort, calibrate

__all__ = ["PROOFS", "SEED", "Claim", "Effort", "Limits", "Line", "Part", "all_within", "calibrate"]
