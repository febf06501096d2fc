using System;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Noah.Migrations.Migrations
{
    /// <inheritdoc />
    public partial class LifetimeVersionsAndRefreshes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_lifetime_value_versions_tenant_id_lifetime_value_id",
                table: "lifetime_value_versions");

            migrationBuilder.AddColumn<int>(
                name: "refresh_every_days",
                table: "models",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "refresh_tried_at",
                table: "models",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "latest_version",
                table: "lifetime_values",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<JsonDocument>(
                name: "comparison",
                table: "lifetime_value_versions",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "number",
                table: "lifetime_value_versions",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "promoted_at",
                table: "lifetime_value_versions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "state",
                table: "lifetime_value_versions",
                type: "character varying(32)",
                maxLength: 32,
                nullable: false,
                defaultValue: "Retired");

            migrationBuilder.Sql(EmbeddedSql.Read("lifetime_versions"));

            migrationBuilder.CreateIndex(
                name: "ix_lifetime_value_versions_active",
                table: "lifetime_value_versions",
                columns: new[] { "tenant_id", "lifetime_value_id" },
                unique: true,
                filter: "state = 'Active'");

            migrationBuilder.CreateIndex(
                name: "ix_lifetime_value_versions_tenant_id_lifetime_value_id_number",
                table: "lifetime_value_versions",
                columns: new[] { "tenant_id", "lifetime_value_id", "number" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP FUNCTION noah_models_due_for_refresh(timestamptz, integer)");

            migrationBuilder.DropIndex(
                name: "ix_lifetime_value_versions_active",
                table: "lifetime_value_versions");

            migrationBuilder.DropIndex(
                name: "ix_lifetime_value_versions_tenant_id_lifetime_value_id_number",
                table: "lifetime_value_versions");

            migrationBuilder.DropColumn(
                name: "refresh_every_days",
                table: "models");

            migrationBuilder.DropColumn(
                name: "refresh_tried_at",
                table: "models");

            migrationBuilder.DropColumn(
                name: "latest_version",
                table: "lifetime_values");

            migrationBuilder.DropColumn(
                name: "comparison",
                table: "lifetime_value_versions");

            migrationBuilder.DropColumn(
                name: "number",
                table: "lifetime_value_versions");

            migrationBuilder.DropColumn(
                name: "promoted_at",
                table: "lifetime_value_versions");

            migrationBuilder.DropColumn(
                name: "state",
                table: "lifetime_value_versions");

            migrationBuilder.CreateIndex(
                name: "ix_lifetime_value_versions_tenant_id_lifetime_value_id",
                table: "lifetime_value_versions",
                columns: new[] { "tenant_id", "lifetime_value_id" });
        }
    }
}
