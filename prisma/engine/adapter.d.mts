import type { PoolConfig } from "pg";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";

export function connectionConfig(url: string): PoolConfig & {
  host: string;
  port: number;
  database: string;
};
export function adminConfig(url: string): ReturnType<typeof connectionConfig>;
export function migrationFactory(datasource?: {
  url?: string;
  shadowDatabaseUrl?: string;
}): SqlMigrationAwareDriverAdapterFactory;
