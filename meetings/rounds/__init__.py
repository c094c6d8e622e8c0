"""The tick round: before the schedule is made, companies tick numbered candidates, and the answers become wishes."""
