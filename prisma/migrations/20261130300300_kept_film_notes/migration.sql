-- What is typed of films before they are sent: a note, a table of their details.
ALTER TYPE "KeptReasonKind" ADD VALUE 'FILM_NOTE';
ALTER TYPE "KeptReasonKind" ADD VALUE 'DETAILS_TABLE';
