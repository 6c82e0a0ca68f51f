-- A step of a procedure that nobody did in time is told to those whose it is.
ALTER TYPE "InboxKind" ADD VALUE 'PROCEDURE';
