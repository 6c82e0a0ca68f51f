-- Texts that reports are written of, as they are typed: one's own and the site's.
ALTER TYPE "KeptReasonKind" ADD VALUE 'OWN_MACRO';
ALTER TYPE "KeptReasonKind" ADD VALUE 'SITE_MACRO';
