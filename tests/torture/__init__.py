"""Power cuts, full disks, damage and kills; ``make torture`` runs them at length."""
