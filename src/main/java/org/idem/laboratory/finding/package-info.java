/**
 * Findings: what trained deep networks do where no proof reaches, each with a test that was declared beforehand.
 *
 * <p>A {@link org.idem.laboratory.finding.Finding} names a few quantities of the networks that are trained from one
 * seed, and an event in terms of these quantities. It claims that the event happens from more than a declared share of
 * all seeds. Seeds arrive one after the other; {@link org.idem.laboratory.finding.ShareDecision} may be looked at after
 * each. False variants are other events of the same quantities, which the same seeds must refute. Start with
 * {@link org.idem.laboratory.finding.Findings}.
 */
@org.jspecify.annotations.NullMarked
package org.idem.laboratory.finding;
