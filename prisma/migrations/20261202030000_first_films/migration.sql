-- The day of a site's first film is asked for each minute and by each look at
-- the monitoring: without this that is a walk through a million films.
CREATE INDEX "Image_siteId_createdAt_idx" ON "Image" ("siteId", "createdAt");
