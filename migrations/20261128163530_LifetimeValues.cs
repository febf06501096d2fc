using System;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Noah.Migrations.Migrations
{
    /// <inheritdoc />
    public partial class LifetimeValues : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "lifetime_value_scores",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    lifetime_value_id = table.Column<Guid>(type: "uuid", nullable: false),
                    horizon_days = table.Column<int>(type: "integer", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mean = table.Column<double>(type: "double precision", nullable: false),
                    p10 = table.Column<double>(type: "double precision", nullable: false),
                    p50 = table.Column<double>(type: "double precision", nullable: false),
                    p90 = table.Column<double>(type: "double precision", nullable: false),
                    buys = table.Column<double>(type: "double precision", nullable: false),
                    alive = table.Column<double>(type: "double precision", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lifetime_value_scores", x => new { x.tenant_id, x.lifetime_value_id, x.horizon_days, x.member_id });
                });

            migrationBuilder.CreateTable(
                name: "lifetime_value_versions",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    lifetime_value_id = table.Column<Guid>(type: "uuid", nullable: false),
                    card = table.Column<JsonDocument>(type: "jsonb", nullable: false),
                    parameters = table.Column<JsonDocument>(type: "jsonb", nullable: false),
                    network = table.Column<byte[]>(type: "bytea", nullable: true),
                    trained_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lifetime_value_versions", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "lifetime_values",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    specification = table.Column<JsonDocument>(type: "jsonb", nullable: false),
                    version_id = table.Column<Guid>(type: "uuid", nullable: true),
                    scored_as_of = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lifetime_values", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_lifetime_value_scores_rank",
                table: "lifetime_value_scores",
                columns: new[] { "tenant_id", "lifetime_value_id", "horizon_days", "mean", "member_id" },
                descending: new[] { false, false, false, true, false });

            migrationBuilder.CreateIndex(
                name: "ix_lifetime_value_versions_tenant_id_lifetime_value_id",
                table: "lifetime_value_versions",
                columns: new[] { "tenant_id", "lifetime_value_id" });

            migrationBuilder.Sql(EmbeddedSql.Read("lifetime_values"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "lifetime_value_scores");

            migrationBuilder.DropTable(
                name: "lifetime_value_versions");

            migrationBuilder.DropTable(
                name: "lifetime_values");
        }
    }
}
