-- 机构的数据库：各家客户的情况，由 gbtool portfolio publish 写；客户文件夹才是原件，这里丢了重新发布一次就有。
-- 只用普通的表、视图、行级权限和 COPY：没有触发器、序列、扩展、存储过程，兼容 PostgreSQL 的分布式数据库也接受的写法。
-- 整个文件在一个事务里执行，可以重复执行。
CREATE SCHEMA IF NOT EXISTS gbtool;
CREATE TABLE IF NOT EXISTS gbtool.about (version integer NOT NULL);

CREATE TABLE IF NOT EXISTS gbtool.clients (
    path text PRIMARY KEY,
    name text NOT NULL,
    short text NOT NULL,
    consultant text NOT NULL,
    team text[] NOT NULL,
    standard text NOT NULL,
    stage text NOT NULL,
    effective date,
    earliest date,
    verdict text NOT NULL,
    open_questions integer NOT NULL,
    nonconformities_open integer NOT NULL,
    nonconformities integer NOT NULL,
    clauses_audited integer NOT NULL,
    clauses integer NOT NULL,
    holes text[] NOT NULL,
    head text NOT NULL,
    as_of date NOT NULL,
    published_at timestamptz NOT NULL,
    published_by text NOT NULL,
    fingerprint text NOT NULL
);
CREATE TABLE IF NOT EXISTS gbtool.stages (
    client text NOT NULL, stage text NOT NULL, first date NOT NULL, last date NOT NULL, state text NOT NULL
);
CREATE TABLE IF NOT EXISTS gbtool.findings (
    client text NOT NULL, rule text NOT NULL, title text NOT NULL, status text NOT NULL, message text NOT NULL,
    fix text NOT NULL, count integer NOT NULL
);
CREATE TABLE IF NOT EXISTS gbtool.deadlines (
    client text NOT NULL, what text NOT NULL, right_number text NOT NULL, right_name text NOT NULL, act_by date NOT NULL,
    last_day date NOT NULL, state text NOT NULL, amount integer, law text NOT NULL, confidence text NOT NULL
);
CREATE TABLE IF NOT EXISTS gbtool.rights (
    client text NOT NULL, kind text NOT NULL, number text NOT NULL, name text NOT NULL, state text NOT NULL
);
CREATE TABLE IF NOT EXISTS gbtool.documents (
    client text NOT NULL, id text NOT NULL, kind text NOT NULL, number text NOT NULL, title text NOT NULL,
    version text NOT NULL, issued text NOT NULL, effective text NOT NULL, withdrawn text NOT NULL
);
CREATE TABLE IF NOT EXISTS gbtool.writes (
    client text NOT NULL, entered date NOT NULL, who text NOT NULL, what text NOT NULL, count integer NOT NULL
);
CREATE TABLE IF NOT EXISTS gbtool.leases (
    client text PRIMARY KEY, holder text NOT NULL, place text NOT NULL, token text NOT NULL, taken timestamptz NOT NULL,
    expires timestamptz NOT NULL
);
CREATE TABLE IF NOT EXISTS gbtool.people (
    login text PRIMARY KEY, name text NOT NULL, partner boolean NOT NULL
);
CREATE INDEX IF NOT EXISTS stages_client ON gbtool.stages (client);
CREATE INDEX IF NOT EXISTS findings_client ON gbtool.findings (client);
CREATE INDEX IF NOT EXISTS deadlines_client ON gbtool.deadlines (client);
CREATE INDEX IF NOT EXISTS rights_client ON gbtool.rights (client);
CREATE INDEX IF NOT EXISTS documents_client ON gbtool.documents (client);
CREATE INDEX IF NOT EXISTS writes_client ON gbtool.writes (client);

-- 谁看得到、写得了哪一行：顾问只有自己负责或在组里的客户，合伙人（partner）是全部；表的所有者不受限。
ALTER TABLE gbtool.people ENABLE ROW LEVEL SECURITY;
ALTER TABLE gbtool.clients ENABLE ROW LEVEL SECURITY;
ALTER TABLE gbtool.stages ENABLE ROW LEVEL SECURITY;
ALTER TABLE gbtool.findings ENABLE ROW LEVEL SECURITY;
ALTER TABLE gbtool.deadlines ENABLE ROW LEVEL SECURITY;
ALTER TABLE gbtool.rights ENABLE ROW LEVEL SECURITY;
ALTER TABLE gbtool.documents ENABLE ROW LEVEL SECURITY;
ALTER TABLE gbtool.writes ENABLE ROW LEVEL SECURITY;
ALTER TABLE gbtool.leases ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS mine ON gbtool.people;
CREATE POLICY mine ON gbtool.people FOR SELECT USING (login = current_user);
DROP POLICY IF EXISTS mine ON gbtool.clients;
CREATE POLICY mine ON gbtool.clients USING (
    EXISTS (
        SELECT 1 FROM gbtool.people p
        WHERE p.login = current_user AND (p.partner OR p.name = clients.consultant OR p.name = ANY (clients.team))
    )
);
DROP POLICY IF EXISTS mine ON gbtool.stages;
CREATE POLICY mine ON gbtool.stages USING (client IN (SELECT path FROM gbtool.clients));
DROP POLICY IF EXISTS mine ON gbtool.findings;
CREATE POLICY mine ON gbtool.findings USING (client IN (SELECT path FROM gbtool.clients));
DROP POLICY IF EXISTS mine ON gbtool.deadlines;
CREATE POLICY mine ON gbtool.deadlines USING (client IN (SELECT path FROM gbtool.clients));
DROP POLICY IF EXISTS mine ON gbtool.rights;
CREATE POLICY mine ON gbtool.rights USING (client IN (SELECT path FROM gbtool.clients));
DROP POLICY IF EXISTS mine ON gbtool.documents;
CREATE POLICY mine ON gbtool.documents USING (client IN (SELECT path FROM gbtool.clients));
DROP POLICY IF EXISTS mine ON gbtool.writes;
CREATE POLICY mine ON gbtool.writes USING (client IN (SELECT path FROM gbtool.clients));
-- 租约谁都看得到，能写的人也都改得了：它防的是两个人不知情地写同一家，不防同事故意。
DROP POLICY IF EXISTS everybody ON gbtool.leases;
CREATE POLICY everybody ON gbtool.leases USING (
    EXISTS (SELECT 1 FROM gbtool.people p WHERE p.login = current_user)
);

-- 给 Excel、Metabase、Superset 直接读的视图。视图以所有者的身份读表，所以把“看得到谁”写在视图里。
CREATE OR REPLACE VIEW gbtool."客户一览" AS
SELECT c.name AS "客户", c.short AS "简称", c.consultant AS "负责", c.standard AS "标准", c.stage AS "阶段",
    CASE c.verdict WHEN 'ready' THEN '就绪' WHEN 'not_ready' THEN '未就绪' ELSE '未评估' END AS "结论",
    c.effective AS "实施日", current_date - c.effective + 1 AS "运行第几天", c.earliest AS "最早申请日", c.open_questions AS "待答",
    c.nonconformities_open AS "没有关闭的不符合", c.nonconformities AS "不符合", c.clauses_audited AS "审到的条款",
    c.clauses AS "适用的条款", array_to_string(c.holes, '；') AS "缺口", c.as_of AS "截至", c.published_at AS "发布于",
    c.path AS "文件夹"
FROM gbtool.clients c
WHERE EXISTS (
    SELECT 1 FROM gbtool.people p
    WHERE p.login = current_user AND (p.partner OR p.name = c.consultant OR p.name = ANY (c.team))
);
CREATE OR REPLACE VIEW gbtool."到期" AS
SELECT v."简称" AS "客户", v."负责", d.act_by AS "截止", d.last_day AS "最后一天", d.what AS "要做什么",
    d.right_number AS "权利", d.right_name AS "名称", d.state AS "状态", d.amount AS "金额（元）", d.law AS "依据",
    d.confidence AS "把握", d.client AS "文件夹"
FROM gbtool.deadlines d JOIN gbtool."客户一览" v ON v."文件夹" = d.client;
CREATE OR REPLACE VIEW gbtool."没有就绪的原因" AS
SELECT v."简称" AS "客户", v."负责", f.title AS "要求", f.status AS "结果", f.message AS "第一处", f.count AS "几处",
    f.fix AS "怎么办", f.rule AS "规则", f.client AS "文件夹"
FROM gbtool.findings f JOIN gbtool."客户一览" v ON v."文件夹" = f.client;
CREATE OR REPLACE VIEW gbtool."阶段" AS
SELECT v."简称" AS "客户", v."负责", s.stage AS "阶段", s.first AS "从", s.last AS "到", s.state AS "状态",
    s.client AS "文件夹"
FROM gbtool.stages s JOIN gbtool."客户一览" v ON v."文件夹" = s.client;
CREATE OR REPLACE VIEW gbtool."权利" AS
SELECT v."简称" AS "客户", v."负责", r.kind AS "种类", r.number AS "号", r.name AS "名称", r.state AS "状态",
    r.client AS "文件夹"
FROM gbtool.rights r JOIN gbtool."客户一览" v ON v."文件夹" = r.client;
CREATE OR REPLACE VIEW gbtool."文件" AS
SELECT v."简称" AS "客户", v."负责", d.number AS "编号", d.title AS "名称", d.kind AS "种类", d.version AS "版次",
    d.issued AS "发布", d.effective AS "实施", d.withdrawn AS "作废", d.client AS "文件夹"
FROM gbtool.documents d JOIN gbtool."客户一览" v ON v."文件夹" = d.client;
CREATE OR REPLACE VIEW gbtool."谁写了什么" AS
SELECT v."简称" AS "客户", v."负责", h.entered AS "录入", h.who AS "谁", h.what AS "什么", h.count AS "几项",
    h.client AS "文件夹"
FROM gbtool.writes h JOIN gbtool."客户一览" v ON v."文件夹" = h.client;
DELETE FROM gbtool.about;
INSERT INTO gbtool.about (version) VALUES (1);
