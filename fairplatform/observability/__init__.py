"""What the program reports about itself while it runs: log records, metrics, and which of its duties fail."""

from prometheus_client import disable_created_metrics

# Without them a counter would have a second sample, `_created`, that nobody reads.
disable_created_metrics()
