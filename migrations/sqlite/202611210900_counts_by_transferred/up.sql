-- Finds the reports of other units that give the same number, which a copied file does.
CREATE INDEX counts_by_transferred ON counts (transferred, as_of);
