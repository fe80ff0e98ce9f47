"""The bundled sample: saved news pages written for this project, all invented."""
