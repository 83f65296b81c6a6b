"""Made-up people and how they come to be written otherwise: what `manage.py match_benchmark` measures with."""
