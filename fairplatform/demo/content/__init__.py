"""The texts and figures the plan is drawn from: goods, names, places and sentences, in three languages."""
