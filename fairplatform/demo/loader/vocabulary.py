"""Words of the plan (left) and the choices of the models (right); a word that is missing here is the same in both."""

MISSED = {"exhibitor_absent": "exhibitor", "buyer_absent": "buyer", "both_absent": "both", "line_failed": "line"}
OUTCOMES = {"letter_of_intent": "loi", "memorandum": "mou"}
STEPS = {"factory_video": "factory_tour", "visa_letter": "invitation", "bank_account": "account"}
