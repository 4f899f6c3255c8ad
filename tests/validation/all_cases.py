"""All cases, in the order of the page."""

from tests.validation import input_output, reliability, spreading

CASES = (*reliability.CASES, *spreading.CASES, *input_output.CASES)
