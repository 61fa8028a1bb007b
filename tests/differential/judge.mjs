// Makes documents for an exported form, at random and by mutation, and lets ajv judge them. The same seed gives
// the same documents. usage: node judge.mjs SCHEMA COUNT SEED DOCUMENTS VERDICTS
import {readFileSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';

const [schemaFile, count, seed, documentsFile, verdictsFile] = process.argv.slice(2);
const require = createRequire(process.env.VAKANT_NODE_MODULES);
const Ajv = require('ajv/dist/2020.js').default;
const addFormats = require('ajv-formats').default;

const schema = JSON.parse(readFileSync(schemaFile, 'utf8'));
const ajv = new Ajv({strict: false, allErrors: false, unicodeRegExp: true});
addFormats(ajv);
const accepts = ajv.compile(schema);

let state = BigInt(seed);
function number(below) { // splitmix64
    state = (state + 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn;
    let z = state;
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & 0xffffffffffffffffn;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & 0xffffffffffffffffn;
    return Number((z ^ (z >> 31n)) % BigInt(below));
}
const pick = list => list[number(list.length)];

const texts = ['Aino', 'Ліна', 'ليلى', '', ' ', 'x'.repeat(250), 'a@b.fi', 'a@b', 'm.ä+t@sub.example.com', '040 123 4567',
    '+358 40 123 4567', '12', '2026-11-23', '2026-02-30', '2026-11', '2026-13', "O'Brien-Ñandú", 'R2D2', 'true', '\u00a0',
    'a\nb', '🐲'.repeat(3), 'fi', 'A'.repeat(2001), '\u2028', 'Oksana'];
const anything = () => pick([null, true, false, 0, 1, -1, 3.5, 1e20, ...texts, [], ['a'], ['a', 'a'], {}, {a: 1}, [{}]]);

/** A value that has a fair chance to be taken. */
function likely(part, depth = 0) {
    if (part === true || depth > 6) return anything();
    if (part.const !== undefined) return part.const;
    if (part.enum) return pick(part.enum);
    switch (part.type) {
    case 'boolean': return number(2) === 0;
    case 'integer': return number(50);
    case 'number': return pick([number(50), number(100) / 4, -1]);
    case 'array': {
        const list = [];
        const most = Math.min(part.maxItems ?? 4, 5);
        for (let i = number(most) + 1; i > 0; --i) list.push(likely(part.items ?? true, depth + 1));
        return part.uniqueItems && number(8) > 0 ? [...new Set(list)] : list;
    }
    case 'object': {
        const object = {};
        const needed = part.required ?? [];
        for (const [name, sub] of Object.entries(part.properties ?? {})) {
            if (needed.includes(name) ? number(20) > 0 : number(3) > 0) object[name] = likely(sub, depth + 1);
        }
        return object;
    }
    default: {
        const fitting = texts.filter(text => (!part.pattern || new RegExp(part.pattern, 'u').test(text)) &&
            (!part.format || text === '2026-11-23') && [...text].length <= (part.maxLength ?? 1e9));
        return fitting.length > 0 && number(12) > 0 ? pick(fitting) : pick(texts);
    }
    }
}

/** Leaves out what makes a document wrong, as long as that helps: so that many are right. */
function mended(document) {
    const mender = new Ajv({strict: false, allErrors: true, unicodeRegExp: true});
    addFormats(mender);
    mended.check ??= mender.compile(schema);
    for (let round = 0; round < 8 && !mended.check(document); ++round) {
        for (const problem of mended.check.errors) {
            const steps = problem.instancePath.split('/').slice(1);
            if (problem.keyword === 'required') {
                let at = document;
                let sub = schema;
                for (const step of steps) {
                    at = at?.[step];
                    sub = Array.isArray(at) || /^\d+$/.test(step) ? sub?.items ?? sub : sub?.properties?.[step];
                }
                const name = problem.params.missingProperty;
                const wanted = sub?.properties?.[name];
                if (at && wanted) at[name] = likely(wanted);
            } else if (steps.length > 0 && problem.keyword !== 'if') {
                delete document[steps[0]];
            }
        }
    }
    return document;
}

function mutated(document) {
    const names = Object.keys(schema.properties);
    for (let i = number(3) + 1; i > 0; --i) {
        const name = pick(names);
        switch (number(6)) {
        case 0: delete document[name]; break;
        case 1: document[name] = anything(); break;
        case 2: document['unknown' + number(3)] = anything(); break;
        case 3: document[name] = likely(schema.properties[name]); break;
        case 4:
            if (typeof document[name] === 'string') document[name] += pick(texts);
            break;
        default:
            if (Array.isArray(document[name])) document[name].push(document[name][0] ?? anything());
        }
    }
    return document;
}

const documents = [];
const verdicts = [];
for (let i = 0; i < Number(count); ++i) {
    let document = i % 4 === 0 ? likely(schema) : mended(likely(schema));
    if (i % 4 === 2) document = mutated(document);
    if (i % 50 === 49) document = anything();
    documents.push(JSON.stringify(document));
    verdicts.push(String(accepts(document)));
}
writeFileSync(documentsFile, documents.join('\n') + '\n');
writeFileSync(verdictsFile, verdicts.join('\n') + '\n');
