-- Every territory that can be chosen in a form, with the region where most of its inhabitants live.
SELECT territory.code, territory.name, territory.kind, department_code, region_code, population
FROM territory
LEFT JOIN department ON department.code = territory.department_code
ORDER BY population DESC NULLS LAST, territory.name, territory.code
