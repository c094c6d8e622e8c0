"""Words of the plan (left) and the choices of the models (right); a word that is missing here is the same in both."""

KINDS_OF_BUYER = {
    "importer_wholesaler": "importer",
    "distributor_agent": "distributor",
    "manufacturer": "user",
    "retail_chain": "retail",
    "contractor": "contractor",
    "association_group": "association",
}
POSITIONS = {
    "sales_officer": "sales",
    "business_development_manager": "business_development",
}
ROLES = {"interpreter": "interpreter", "liaison": "liaison", "organiser": "organiser", "delegate": "delegated"}
UNITS = {"W": "w", "40'HQ": "40hq", "coils": "coil", "rolls": "roll"}
MISSED = {"exhibitor_absent": "exhibitor", "buyer_absent": "buyer", "both_absent": "both", "line_failed": "line"}
OUTCOMES = {"letter_of_intent": "loi", "memorandum": "mou"}
STEPS = {"factory_video": "factory_tour", "visa_letter": "invitation", "bank_account": "account"}
