"""What is measured of decisions, for others to collect. Metrics need `prometheus_client`, traces OpenTelemetry."""
