-- A film that cannot be answered (a hand, another patient's, out of focus)
-- was signed as normal or as something else, for want of a word. By itself,
-- because a new value may not be used in the transaction that adds it.
ALTER TYPE "Label" ADD VALUE 'NOT_DIAGNOSTIC';
