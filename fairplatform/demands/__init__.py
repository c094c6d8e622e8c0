"""What companies want to buy, how exhibitors answer, and which headings nobody at the fair sells."""
