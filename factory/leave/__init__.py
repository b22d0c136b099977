"""Leave: the ledger of annual leave, requests and answers, swapped public holidays."""
