-- Why a candidate runs as a shadow, and why one ends before its time.
ALTER TYPE "KeptReasonKind" ADD VALUE 'SHADOW_START';
ALTER TYPE "KeptReasonKind" ADD VALUE 'SHADOW_END';
