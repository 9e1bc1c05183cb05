ALTER TABLE "tasks" ADD COLUMN "done" boolean DEFAULT false NOT NULL;
