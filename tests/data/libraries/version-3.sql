BEGIN TRANSACTION;
CREATE TABLE articles (
        id TEXT PRIMARY KEY,
        title TEXT NOT NULL,
        body TEXT NOT NULL
    );
INSERT INTO "articles" VALUES('1481eb82388f3341','二七区举办全民健身运动会','本报讯 12月3日,二七区举办全民健身运动会,共有18支代表队参加。');
INSERT INTO "articles" VALUES('a34c829d9f04bbc8','二七区金水河治理工程完工','本报讯 12月8日,金水河治理工程完工。该工程全长6.2公里,总投资3.4亿元。
区水利局局长王海涛表示,下一步将加强日常管护。');
INSERT INTO "articles" VALUES('e374f072c97b7437','二七区图书馆新馆开放','本报讯 12月9日,二七区图书馆新馆开放,藏书42万册,每周二闭馆。');
CREATE TABLE fragments (
        source TEXT NOT NULL REFERENCES sources (path) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        record TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        PRIMARY KEY (source, position)
    );
CREATE TABLE generations (
        id INTEGER PRIMARY KEY,
        created_at TEXT NOT NULL,
        model TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        dimension INTEGER NOT NULL,
        content_hash TEXT NOT NULL,
        articles INTEGER NOT NULL,
        passages INTEGER NOT NULL,
        report TEXT NOT NULL
    );
INSERT INTO "generations" VALUES(1,'2026-11-24T14:18:46.729771+00:00','default','fake-1',16,'e9ba1101e3a0e51922bda622981450eef702f4ed43ebf4d9214a842683c9f64c',2,2,'{"generation":1,"activated":true,"added":[{"id":"1481eb82388f3341","title":"二七区举办全民健身运动会","source":"seeds/2021-12-09_头版.txt"},{"id":"a34c829d9f04bbc8","title":"二七区金水河治理工程完工","source":"seeds/2021-12-09_头版.txt"}],"changed":[],"removed":[],"unchanged":0,"failed":[],"notes":[],"articles":2,"passages":2,"encoded":2,"seconds":0.034403562000079546,"timings":{"open":0.0007,"read":0.032,"split":0.0003,"encode":0.0009,"compare":0.0006},"passed":[],"canary_failures":[]}');
INSERT INTO "generations" VALUES(2,'2026-11-24T14:18:48.792697+00:00','default','fake-1',16,'cd9927326eebe19bfa59c9e570a67693c9ca4276f04e502c237b61acdc39aab8',3,3,'{"generation":2,"activated":true,"added":[{"id":"e374f072c97b7437","title":"二七区图书馆新馆开放","source":"seeds/2021-12-10_二版.txt"}],"changed":[],"removed":[],"unchanged":2,"failed":[],"notes":[],"articles":3,"passages":3,"encoded":1,"seconds":0.031552210999507224,"timings":{"open":0.0008,"read":0.0298,"split":0.0002,"encode":0.0004,"compare":0.0004},"passed":[],"canary_failures":[]}');
CREATE TABLE passages (
        article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        fingerprint TEXT NOT NULL,
        splitter TEXT NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        key TEXT NOT NULL,
        PRIMARY KEY (article, fingerprint, splitter, start, "end")
    );
INSERT INTO "passages" VALUES('1481eb82388f3341','fake-1','1/128',4,34,'08ca1f066ca868414316cad42917f7e1f4c9639e8bf5533752d2b41d1a1e2e44');
INSERT INTO "passages" VALUES('a34c829d9f04bbc8','fake-1','1/128',4,64,'cff32b1859dc37ed22c68fb6425062572d91219bf51ad50f9fe58681fbeaf4fc');
INSERT INTO "passages" VALUES('e374f072c97b7437','fake-1','1/128',4,34,'5dae99436791dfec32915ed59dbb024533d13498fd5bb4e5cc767b0cf71c4013');
CREATE TABLE source_articles (
        source TEXT NOT NULL REFERENCES sources (path) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        article TEXT NOT NULL REFERENCES articles (id),
        date TEXT,
        date_text TEXT,
        reporters TEXT NOT NULL,
        correspondents TEXT NOT NULL,
        PRIMARY KEY (source, position)
    );
INSERT INTO "source_articles" VALUES('seeds/2021-12-09_头版.txt',0,'1481eb82388f3341','2021-12-03','12月3日','["景静"]','[]');
INSERT INTO "source_articles" VALUES('seeds/2021-12-09_头版.txt',1,'a34c829d9f04bbc8','2021-12-08','12月8日','[]','["李慧"]');
INSERT INTO "source_articles" VALUES('seeds/2021-12-10_二版.txt',0,'e374f072c97b7437','2021-12-09','12月9日','[]','[]');
INSERT INTO "source_articles" VALUES('seeds/2021-12-10_二版.txt',1,'1481eb82388f3341','2021-12-03','12月3日','["景静"]','[]');
CREATE TABLE sources (
        path TEXT PRIMARY KEY,
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL,
        parser_version INTEGER NOT NULL
    , stamp TEXT);
INSERT INTO "sources" VALUES('seeds/2021-12-09_头版.txt','a4f98ce310cbe80439163b62672bc229d1f5b913ec6de627943ffee0685d3a42',367,3,NULL);
INSERT INTO "sources" VALUES('seeds/2021-12-10_二版.txt','e54ef4c72f52235e1ef1310dccda3c014eb569fc486ba57bb38f34a7ac945013',263,3,NULL);
CREATE TABLE vectors (
        fingerprint TEXT NOT NULL,
        key TEXT NOT NULL,
        vector BLOB NOT NULL,
        PRIMARY KEY (fingerprint, key)
    );
INSERT INTO "vectors" VALUES('fake-1','08ca1f066ca868414316cad42917f7e1f4c9639e8bf5533752d2b41d1a1e2e44',X'C337223C0000000000000000B3C5CABE471498BEB3C54A3E000000004714983E4714983EB3C5CA3D00000000471418BFB3C54ABEB3C54ABE4714983EB3C5CA3D');
INSERT INTO "vectors" VALUES('fake-1','cff32b1859dc37ed22c68fb6425062572d91219bf51ad50f9fe58681fbeaf4fc',X'6256C9BD51B5DF3D51B5DF3D51B5DF3D51B55FBE0000000051B5DF3E51B5DFBDFCC7A7BE51B5DFBD0000000051B55F3EFCC7A73E51B55F3E51B5DF3E51B5DF3E');
INSERT INTO "vectors" VALUES('fake-1','5dae99436791dfec32915ed59dbb024533d13498fd5bb4e5cc767b0cf71c4013',X'0F9502BE6617913E6617113E661711BE00000000661711BE661791BE6617113F661791BE00000000000000006617113E6617113E000000006617113F00000000');
CREATE INDEX source_articles_by_article ON source_articles (article);
CREATE INDEX passages_by_key ON passages (fingerprint, key);
CREATE VIEW live_passages AS
        SELECT * FROM passages p WHERE EXISTS (SELECT 1 FROM source_articles s WHERE s.article = p.article);
COMMIT;
PRAGMA user_version = 3;
