"""Actions on people, households and units, and on the evidence about them."""
