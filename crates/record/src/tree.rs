//! From JSON text to a tree that keeps the text of every number.
//!
//! `serde_json` with `arbitrary_precision` keeps all digits, but writes `1E5` as `1e+5`. A record says what was recorded,
//! so trees are built here; `serde_json` has checked the syntax before.

use std::borrow::Cow;

use serde_json::{Map, Number, Value};

use crate::scan::{Fault, MAX_DEPTH, string_end, unescape};

#[cfg(test)]
mod tests;

/// The tree of a JSON text whose syntax is right, only if nothing of it is lost. On other text it fails or reads some tree,
/// without panic.
pub(crate) fn parse(json: &str) -> Result<Value, Fault> {
    let mut reader = Reader { json, at: 0 };
    let value = reader.value(0)?;
    reader.space();
    if reader.at == json.len() { Ok(value) } else { Err(Fault::Syntax) }
}

struct Reader<'a> {
    json: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn value(&mut self, depth: usize) -> Result<Value, Fault> {
        match self.peek() {
            Some(b'{' | b'[') if depth == MAX_DEPTH => Err(Fault::TooDeep),
            Some(b'{') => self.object(depth + 1),
            Some(b'[') => self.array(depth + 1),
            Some(b'"') => Ok(Value::String(self.string()?.into_owned())),
            Some(_) => self.plain(),
            None => Err(Fault::Syntax),
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value, Fault> {
        let mut fields = Map::new();
        self.at += 1;
        while !self.closes(b'}', fields.is_empty())? {
            let name = self.string()?.into_owned();
            if self.peek() != Some(b':') {
                return Err(Fault::Syntax);
            }
            self.at += 1;
            if fields.insert(name, self.value(depth)?).is_some() {
                return Err(Fault::DuplicateKey);
            }
        }
        Ok(Value::Object(fields))
    }

    fn array(&mut self, depth: usize) -> Result<Value, Fault> {
        let mut items = Vec::new();
        self.at += 1;
        while !self.closes(b']', items.is_empty())? {
            items.push(self.value(depth)?);
        }
        Ok(Value::Array(items))
    }

    /// True at the end of a container; else steps over the comma before the next item.
    fn closes(&mut self, closing: u8, first: bool) -> Result<bool, Fault> {
        match self.peek() {
            Some(byte) if byte == closing => {
                self.at += 1;
                Ok(true)
            }
            Some(b',') if !first => {
                self.at += 1;
                self.space();
                Ok(false)
            }
            Some(_) if first => Ok(false),
            _ => Err(Fault::Syntax),
        }
    }

    fn string(&mut self) -> Result<Cow<'a, str>, Fault> {
        if self.peek() != Some(b'"') {
            return Err(Fault::Syntax);
        }
        let end = string_end(self.json.as_bytes(), self.at).ok_or(Fault::Syntax)?;
        let token = self.json.get(self.at..end).ok_or(Fault::Syntax)?;
        self.at = end;
        unescape(token)
    }

    /// A number, `true`, `false` or `null`.
    fn plain(&mut self) -> Result<Value, Fault> {
        let rest = &self.json[self.at..];
        let end =
            rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '+' | '-' | '.')).unwrap_or(rest.len());
        let token = &rest[..end];
        self.at += end;
        match token {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            "null" => Ok(Value::Null),
            _ if is_number(token) => Ok(Value::Number(Number::from_string_unchecked(token.to_owned()))),
            _ => Err(Fault::Syntax),
        }
    }

    fn peek(&mut self) -> Option<u8> {
        self.space();
        self.json.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        let bytes = self.json.as_bytes();
        while bytes.get(self.at).is_some_and(|byte| b" \t\r\n".contains(byte)) {
            self.at += 1;
        }
    }
}

/// The grammar of numbers of RFC 8259.
fn is_number(token: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = token.strip_prefix('-').unwrap_or(token);
    let (decimal, exponent) =
        unsigned.split_once(['e', 'E']).map_or((unsigned, None), |(decimal, rest)| (decimal, Some(rest)));
    let (whole, fraction) = decimal.split_once('.').map_or((decimal, None), |(whole, rest)| (whole, Some(rest)));
    digits(whole)
        && (whole.len() == 1 || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|text| digits(text.strip_prefix(['+', '-']).unwrap_or(text)))
}
