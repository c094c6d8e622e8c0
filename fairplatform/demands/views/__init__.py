"""The pages of demands: of the companies that buy, of exhibitors and of organisers."""
