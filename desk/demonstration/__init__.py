"""Made-up referrals in the shape of the published statistics, for demonstrations, tests and measurements."""
