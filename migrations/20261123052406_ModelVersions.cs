using System;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Noah.Migrations.Migrations
{
    /// <inheritdoc />
    public partial class ModelVersions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "model_id",
                table: "model_artifacts",
                newName: "version_id");

            migrationBuilder.AddColumn<Guid>(
                name: "active_version_id",
                table: "models",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "latest_version",
                table: "models",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "model_versions",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    model_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    card = table.Column<JsonDocument>(type: "jsonb", nullable: false),
                    comparison = table.Column<JsonDocument>(type: "jsonb", nullable: true),
                    trained_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    promoted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_model_versions", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_model_versions_active",
                table: "model_versions",
                columns: new[] { "tenant_id", "model_id" },
                unique: true,
                filter: "state = 'Active'");

            migrationBuilder.CreateIndex(
                name: "ix_model_versions_tenant_id_model_id_number",
                table: "model_versions",
                columns: new[] { "tenant_id", "model_id", "number" },
                unique: true);

            migrationBuilder.Sql(EmbeddedSql.Read("model_versions"));

            migrationBuilder.DropColumn(
                name: "card",
                table: "models");

            migrationBuilder.DropColumn(
                name: "trained_at",
                table: "models");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "version_id",
                table: "model_artifacts",
                newName: "model_id");

            migrationBuilder.AddColumn<JsonDocument>(
                name: "card",
                table: "models",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "trained_at",
                table: "models",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.Sql(EmbeddedSql.Read("model_versions_down"));

            migrationBuilder.DropTable(
                name: "model_versions");

            migrationBuilder.DropColumn(
                name: "active_version_id",
                table: "models");

            migrationBuilder.DropColumn(
                name: "latest_version",
                table: "models");
        }
    }
}
