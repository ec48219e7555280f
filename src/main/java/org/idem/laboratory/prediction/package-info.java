/**
 * What theorems say about the measures of a run, worked out from its description alone: the only room of the laboratory
 * that uses theory, and it knows no training. Each family of theorems is one {@code Prediction}; a new one joins the
 * list in {@link org.idem.laboratory.prediction.Predictions}.
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>here</th><th>in the proofs</th><th>meaning</th></tr>
 * <tr><td>stray</td><td>‖δ‖</td><td>bound on the Euclidean distance of a trained output from the predicted one</td></tr>
 * <tr><td>reach</td><td>ρ</td><td>pixels that a pixel of the output sees in each direction, L(K − 1)/2</td></tr>
 * </table>
 *
 * <p>Start with {@link org.idem.laboratory.prediction.Predictions}.
 */
package org.idem.laboratory.prediction;
