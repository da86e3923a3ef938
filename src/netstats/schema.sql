-- The macros that carry the meaning of every filter. The tables stand in netstats.model; « python -m netstats schema »
-- prints the SQL that makes them.

-- ---------------------------------------------------------------- filters
-- Every list may be NULL: no condition. One meaning each, here and nowhere else.

-- The last day a date can stand for: a month-precise date lies somewhere in its month.
CREATE MACRO last_possible_day(held_on, date_precision) AS
    CASE date_precision
        WHEN 'month' THEN last_day(held_on)
        WHEN 'year' THEN make_date(year(held_on), 12, 31)
        ELSE held_on
    END;

-- A date as far as it is known, in ISO form: 2020-05-06, 2023-05, 2019; NULL when it is not.
CREATE MACRO known_date(held_on, date_precision) AS
    CASE date_precision
        WHEN 'day' THEN strftime(held_on, '%Y-%m-%d')
        WHEN 'month' THEN strftime(held_on, '%Y-%m')
        WHEN 'year' THEN strftime(held_on, '%Y')
    END;

-- How many months a bar of a time axis stands for, so that a few years are not a few bars: quarters over four years or
-- less, half-years up to ten, years beyond or when a date is known to the year only.
CREATE MACRO grain_months(first_day, last_day, has_year_only) AS
    CASE
        WHEN has_year_only THEN 12
        WHEN year(last_day) - year(first_day) < 4 THEN 3
        WHEN year(last_day) - year(first_day) < 10 THEN 6
        ELSE 12
    END;

-- The first day of the quarter, half-year or year that holds a day.
CREATE MACRO grain_start(day, months) AS make_date(year(day), 1 + (month(day) - 1) // months * months, 1);

CREATE MACRO grain_label(start, months) AS
    CASE months
        WHEN 3 THEN 'T' || quarter(start) || ' ' || year(start)
        WHEN 6 THEN 'S' || (1 + (month(start) - 1) // 6) || ' ' || year(start)
        ELSE year(start)::VARCHAR
    END;

-- Rows of dated meetings (held_on, date_precision) with the start of the period of a time axis that each falls into.
CREATE MACRO placed_in_time(dated) AS TABLE
    SELECT d.*, g.months, grain_start(d.held_on, g.months) AS period_start
    FROM query_table(dated) AS d, (
        SELECT grain_months(min(held_on), max(held_on), bool_or(date_precision = 'year')) AS months
        FROM query_table(dated)
    ) AS g;

-- The periods of that axis, from the first to the last of the placed rows, empty ones included.
CREATE MACRO periods_of(placed) AS TABLE
    SELECT period_start, grain_label(period_start, months) AS period_label
    FROM (
        SELECT
            months,
            unnest(generate_series(min(period_start), max(period_start), to_months(months)))::DATE AS period_start
        FROM query_table(placed)
        GROUP BY months
    );

-- Territories of the chosen kinds that cover at least one commune of a chosen department (and region).
CREATE MACRO selected_territory(regions, departments, kinds) AS TABLE
    SELECT t.code
    FROM territory AS t
    WHERE (kinds IS NULL OR list_contains(kinds::VARCHAR[], t.kind))
      AND (
          (regions IS NULL AND departments IS NULL)
          OR t.code IN (
              SELECT td.territory_code
              FROM territory_department AS td
              JOIN department AS d ON d.code = td.department_code
              WHERE (departments IS NULL OR list_contains(departments::VARCHAR[], d.code))
                AND (regions IS NULL OR list_contains(regions::VARCHAR[], d.region_code))
          )
      );

-- Meetings by what they are: period, network, format. Without a chosen network, the regional ones.
-- A meeting is in a period when it surely began in it: a series counts at its first session, an unknown date
-- is in no period, a date known to the month only in a period that holds the whole month.
CREATE MACRO placed_meeting(since, until, networks, formats) AS TABLE
    SELECT m.*
    FROM meeting AS m
    JOIN network AS n ON n.code = m.network_code
    WHERE CASE WHEN networks IS NULL THEN n.scope = 'regional' ELSE list_contains(networks::VARCHAR[], n.code) END
      AND (since IS NULL OR m.held_on >= since::DATE)
      AND (until IS NULL OR last_possible_day(m.held_on, m.date_precision) <= until::DATE)
      AND (formats IS NULL OR list_contains(formats::VARCHAR[], m.format));

-- Meetings of the selection, whatever their status. A region keeps the meetings of its network and those where one
-- of its territories was; a department or a kind of territory keeps the meetings where such a territory was.
CREATE MACRO matching_meeting(since, until, regions, departments, networks, kinds, themes, formats) AS TABLE
    SELECT m.*
    FROM placed_meeting(since, until, networks, formats) AS m
    WHERE (
            themes IS NULL
            OR m.code IN (
                SELECT mt.meeting_code FROM meeting_theme AS mt WHERE list_contains(themes::VARCHAR[], mt.theme_code)
            )
        )
      AND (
            (regions IS NULL AND departments IS NULL AND kinds IS NULL)
            OR (
                departments IS NULL AND kinds IS NULL
                AND m.network_code IN (
                    SELECT nr.network_code
                    FROM network_region AS nr
                    WHERE list_contains(regions::VARCHAR[], nr.region_code)
                )
            )
            OR m.code IN (
                SELECT a.meeting_code
                FROM attendance AS a
                SEMI JOIN selected_territory(regions, departments, kinds) AS t ON t.code = a.territory_code
            )
        );

-- The meetings that count: those of the selection that were held.
CREATE MACRO selected_meeting(since, until, regions, departments, networks, kinds, themes, formats) AS TABLE
    SELECT m.*
    FROM matching_meeting(since, until, regions, departments, networks, kinds, themes, formats) AS m
    WHERE m.status = 'held';

-- The departments a share is a share of: those chosen; without any, those of the chosen networks' regions; the
-- national network, or no choice at all, is the whole country.
CREATE MACRO scope_department(regions, departments, networks) AS TABLE
    SELECT d.*
    FROM department AS d
    WHERE (departments IS NULL OR list_contains(departments::VARCHAR[], d.code))
      AND (regions IS NULL OR list_contains(regions::VARCHAR[], d.region_code))
      AND (
            networks IS NULL OR regions IS NOT NULL OR departments IS NOT NULL
            OR EXISTS (
                SELECT 1 FROM network AS n
                WHERE n.scope = 'national' AND list_contains(networks::VARCHAR[], n.code)
            )
            OR d.region_code IN (
                SELECT nr.region_code FROM network_region AS nr WHERE list_contains(networks::VARCHAR[], nr.network_code)
            )
        );

-- The meetings held that may belong to the selection: those that do, and those that only an unknown keeps out - a
-- date that may lie in the period, or a list of those present that nobody wrote, in a network of the region.
CREATE MACRO possible_meeting(since, until, regions, departments, networks, kinds, themes, formats) AS TABLE
    SELECT m.*
    FROM placed_meeting(NULL, NULL, networks, formats) AS m
    WHERE m.status = 'held'
      AND (since IS NULL OR m.held_on IS NULL OR last_possible_day(m.held_on, m.date_precision) >= since::DATE)
      AND (until IS NULL OR m.held_on IS NULL OR m.held_on <= until::DATE)
      AND (
            m.code IN (
                SELECT s.code
                FROM selected_meeting(NULL, NULL, regions, departments, networks, kinds, themes, formats) AS s
            )
            OR (
                NOT EXISTS (SELECT 1 FROM attendance AS a WHERE a.meeting_code = m.code)
                AND m.network_code IN (
                    SELECT nr.network_code
                    FROM network_region AS nr
                    SEMI JOIN scope_department(regions, departments, NULL) AS d ON d.region_code = nr.region_code
                )
                AND (
                    themes IS NULL
                    OR m.code IN (
                        SELECT mt.meeting_code
                        FROM meeting_theme AS mt
                        WHERE list_contains(themes::VARCHAR[], mt.theme_code)
                    )
                )
            )
        );

-- The attendances that count: of a selected territory at a selected meeting.
CREATE MACRO selected_attendance(since, until, regions, departments, networks, kinds, themes, formats) AS TABLE
    SELECT a.*
    FROM attendance AS a
    SEMI JOIN selected_meeting(since, until, regions, departments, networks, kinds, themes, formats) AS m
        ON m.code = a.meeting_code
    SEMI JOIN selected_territory(regions, departments, kinds) AS t ON t.code = a.territory_code;

-- The actions that count: reported at a meeting that was held, on a chosen theme, by a selected territory. An action
-- without a named territory belongs to its network's region, and to no department or kind of territory.
CREATE MACRO selected_action(since, until, regions, departments, networks, kinds, themes, formats) AS TABLE
    SELECT x.*
    FROM action AS x
    JOIN placed_meeting(since, until, networks, formats) AS m ON m.code = x.meeting_code AND m.status = 'held'
    WHERE (themes IS NULL OR list_contains(themes::VARCHAR[], x.theme_code))
      AND (
            (regions IS NULL AND departments IS NULL AND kinds IS NULL)
            OR x.territory_code IN (FROM selected_territory(regions, departments, kinds))
            OR (
                x.territory_code IS NULL AND departments IS NULL AND kinds IS NULL
                AND m.network_code IN (
                    SELECT nr.network_code
                    FROM network_region AS nr
                    WHERE list_contains(regions::VARCHAR[], nr.region_code)
                )
            )
        );

-- ---------------------------------------------------------------- rows with their names

-- Actions (`chosen`: rows of the table) with what their codes are called, and the meeting that told each.
CREATE MACRO named_action(chosen) AS TABLE
    SELECT
        x.code, x.description, x.type_code, y.name AS type, y.rank AS type_rank, x.audience_code, u.name AS audience,
        x.theme_code, th.name AS theme, x.territory_code, t.name AS territory, -- NULL: the source names nobody
        m.code AS meeting_code, m.title AS meeting, n.name AS network, m.held_on, m.date_precision,
        coalesce(x.source_url, m.source_url) AS source_url
    FROM query_table(chosen) AS x
    JOIN meeting AS m ON m.code = x.meeting_code
    JOIN network AS n ON n.code = m.network_code
    JOIN action_type AS y ON y.code = x.type_code
    LEFT JOIN audience AS u ON u.code = x.audience_code
    LEFT JOIN theme AS th ON th.code = x.theme_code
    LEFT JOIN territory AS t ON t.code = x.territory_code;

-- Meetings (`chosen`: rows of the table) whose themes are known, with the names of these, by family.
CREATE MACRO themes_of(chosen) AS TABLE
    SELECT mt.meeting_code, list(th.name ORDER BY f.rank, th.name) AS themes
    FROM meeting_theme AS mt
    SEMI JOIN query_table(chosen) AS m ON m.code = mt.meeting_code
    JOIN theme AS th ON th.code = mt.theme_code
    JOIN theme_family AS f ON f.code = th.family_code
    GROUP BY mt.meeting_code;
