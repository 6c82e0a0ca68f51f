-- A reader may agree with the AI's answer and not with how it came to it.
ALTER TYPE "Decision" ADD VALUE 'PARTLY' AFTER 'CONFIRM';
