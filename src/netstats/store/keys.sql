-- Keys, where the engine has them (DuckLake has none): a second lock behind verify.sql, never the only one.
ALTER TABLE region ADD PRIMARY KEY (code);
ALTER TABLE department ADD PRIMARY KEY (code);
ALTER TABLE territory ADD PRIMARY KEY (code);
ALTER TABLE network ADD PRIMARY KEY (code);
ALTER TABLE theme_family ADD PRIMARY KEY (code);
ALTER TABLE theme ADD PRIMARY KEY (code);
ALTER TABLE action_type ADD PRIMARY KEY (code);
ALTER TABLE audience ADD PRIMARY KEY (code);
ALTER TABLE batch ADD PRIMARY KEY (id);
ALTER TABLE meeting ADD PRIMARY KEY (code);
ALTER TABLE attendance ADD PRIMARY KEY (meeting_code, territory_code);
ALTER TABLE meeting_theme ADD PRIMARY KEY (meeting_code, theme_code);
ALTER TABLE action ADD PRIMARY KEY (code);
ALTER TABLE presentation ADD PRIMARY KEY (name);
