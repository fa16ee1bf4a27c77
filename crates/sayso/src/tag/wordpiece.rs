//! Tokens to wordpieces, by the `tokenizers` crate and the vocabulary the network was trained with, less its scripts other than Latin.

use std::collections::HashMap;

use tokenizers::models::wordpiece::WordPiece;
use tokenizers::normalizers::bert::BertNormalizer;
use tokenizers::pre_tokenizers::bert::BertPreTokenizer;
use tokenizers::{DecoderWrapper, PostProcessorWrapper, TokenizerBuilder, TokenizerImpl};

use crate::error::{Error, Result};
use crate::segment::Token;

/// More pieces than this of one token say nothing more (a web address, a run of random letters).
const MAX_PIECES_OF_TOKEN: usize = 12;

type Bert = TokenizerImpl<WordPiece, BertNormalizer, BertPreTokenizer, PostProcessorWrapper, DecoderWrapper>;

/// The vocabulary, ready to split tokens.
#[derive(Debug)]
pub(super) struct WordPieces {
    tokenizer: Bert,
    unknown: u32,
}

/// The pieces of every token of a report.
#[derive(Debug)]
pub(super) struct Pieces {
    ids: Vec<u32>,
    /// Where each token's pieces begin in `ids`, and the end.
    starts: Vec<u32>,
}

impl Pieces {
    /// The pieces of a token, at least one.
    pub(super) fn of(&self, token: usize) -> &[u32] {
        &self.ids[self.starts[token] as usize..self.starts[token + 1] as usize]
    }

    /// How many pieces a range of tokens has.
    pub(super) fn count(&self, tokens: std::ops::Range<usize>) -> usize {
        (self.starts[tokens.end] - self.starts[tokens.start]) as usize
    }
}

impl WordPieces {
    pub(super) fn new() -> Result<Self> {
        let vocabulary = WordPiece::read_bytes(include_bytes!("../../../../models/tagger/vocab.txt"));
        let vocabulary = vocabulary.map_err(|e| Error::Model(e.to_string()))?;
        let unknown = *vocabulary
            .get("[UNK]")
            .ok_or_else(|| Error::Model("vocabulary without [UNK]".into()))?;
        let model = WordPiece::builder().vocab(vocabulary).unk_token("[UNK]".into()).build();
        let model = model.map_err(|e| Error::Model(e.to_string()))?;
        let tokenizer = TokenizerBuilder::new()
            .with_model(model)
            .with_normalizer(Some(BertNormalizer::default()))
            .with_pre_tokenizer(Some(BertPreTokenizer))
            .with_post_processor(None)
            .with_decoder(None)
            .build()
            .map_err(|e| Error::Model(e.to_string()))?;
        Ok(Self { tokenizer, unknown })
    }

    /// Splits every token; each distinct word is split once.
    pub(super) fn encode(&self, text: &str, tokens: &[Token]) -> Pieces {
        let mut seen: HashMap<&str, (u32, u32)> = HashMap::new();
        let mut pieces = Pieces {
            ids: Vec::with_capacity(tokens.len()),
            starts: Vec::with_capacity(tokens.len() + 1),
        };
        for t in tokens {
            pieces.starts.push(pieces.ids.len() as u32);
            let word = &text[t.span.range()];
            if let Some((start, end)) = seen.get(word) {
                pieces.ids.extend_from_within(*start as usize..*end as usize);
                continue;
            }
            let start = pieces.ids.len() as u32;
            // a token longer than this is unknown to the model anyway (it gives up at 100 characters), so there is no need to look at all of it
            let encoding = if word.len() > 1000 {
                None
            } else {
                self.tokenizer.encode_fast(word, false).ok()
            };
            match encoding.as_ref().map(|e| e.get_ids()) {
                Some(ids) if !ids.is_empty() => pieces.ids.extend(ids.iter().take(MAX_PIECES_OF_TOKEN)),
                _ => pieces.ids.push(self.unknown),
            }
            seen.insert(word, (start, pieces.ids.len() as u32));
        }
        pieces.starts.push(pieces.ids.len() as u32);
        pieces
    }
}
