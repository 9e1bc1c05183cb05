ALTER TABLE "members" ADD COLUMN "name" text;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "joined_on" date DEFAULT CURRENT_DATE NOT NULL;
