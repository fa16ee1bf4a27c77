//! The whole way from a report to its reading, with the weights loaded once.

use crate::error::Result;
use crate::reading::Reading;
use crate::report::Report;
use crate::resolve;
use crate::segment::{Segmented, segment};
use crate::tag::{Attribution, Guide, Tagger, TimeSpent};

/// Reads reports. Made once (loading takes some hundredths of a second), then shared: it is `Send + Sync` and holds no state of what it read.
///
/// ```
/// fn shared<T: Send + Sync>() {}
/// shared::<sayso::Engine>();
/// ```
#[derive(Debug)]
pub struct Engine {
    tagger: Tagger,
}

impl Engine {
    /// Loads the weights that are part of the library.
    ///
    /// # Errors
    /// [`Error::Model`](crate::Error::Model) when they cannot be read, which would be a fault of the build.
    ///
    /// ```
    /// let engine = sayso::Engine::new()?;
    /// # Ok::<(), sayso::Error>(())
    /// ```
    pub fn new() -> Result<Self> {
        Ok(Self { tagger: Tagger::new()? })
    }

    /// Reads a report by sayso's guide. Windows of a long report are shared among the threads of the current rayon pool; the result is the same on
    /// any number of them.
    ///
    /// # Errors
    /// [`Error::Network`](crate::Error::Network) when the runtime fails.
    ///
    /// ```
    /// let engine = sayso::Engine::new()?;
    /// let reading = engine.read(&sayso::Report::new("The ministry denied that the bridge was unsafe.")?)?;
    /// assert_eq!(reading.statements[0].cue.as_ref().map(|c| c.text.as_str()), Some("denied"));
    /// # Ok::<(), sayso::Error>(())
    /// ```
    pub fn read(&self, report: &Report) -> Result<Reading> {
        let segmented = segment(report);
        let attributions = self.tagger.tag(report, &segmented, Guide::Sayso)?;
        Ok(resolve::reading(report, &segmented, &attributions))
    }

    /// The bare attributions of a report by either guide, with the segmentation that their spans count in.
    ///
    /// # Errors
    /// As [`Engine::read`].
    ///
    /// ```
    /// use sayso::{Engine, Guide, Report};
    /// let report = Report::new("He said the plan was dead.")?;
    /// let (segmented, attributions) = Engine::new()?.attributions(&report, Guide::PolNear)?;
    /// let content = segmented.bytes(attributions[0].content[0]);
    /// assert_eq!(report.slice(content), "the plan was dead");
    /// # Ok::<(), sayso::Error>(())
    /// ```
    pub fn attributions(&self, report: &Report, guide: Guide) -> Result<(Segmented, Vec<Attribution>)> {
        let segmented = segment(report);
        let attributions = self.tagger.tag(report, &segmented, guide)?;
        Ok((segmented, attributions))
    }

    /// Where the network's time went so far, summed over threads.
    ///
    /// ```
    /// let engine = sayso::Engine::new()?;
    /// engine.read(&sayso::Report::new("He said no.")?)?;
    /// assert!(!engine.time_spent().encoder.is_zero());
    /// # Ok::<(), sayso::Error>(())
    /// ```
    pub fn time_spent(&self) -> TimeSpent {
        self.tagger.time_spent()
    }
}
