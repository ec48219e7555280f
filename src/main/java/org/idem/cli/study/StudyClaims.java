package org.idem.cli.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.idem.laboratory.StudyResults;
import org.idem.laboratory.finding.Finding;
import org.idem.laboratory.finding.Findings;
import org.idem.laboratory.finding.PaperClaim;
import org.idem.laboratory.result.RunResult;
import org.idem.report.study.StudyReport;
import org.idem.wording.Count;

/** The paper's claims with who answers them, and what the networks of a study say about findings. */
final class StudyClaims {
    /** Studies of more networks leave the verdicts to {@code idem findings}. */
    private static final int MOST_NETWORKS = 2000;

    private StudyClaims() {}

    static List<StudyReport.Claim> of(StudyResults results) throws IOException {
        Map<String, String> verdicts = verdicts(results);
        List<StudyReport.Claim> claims = new ArrayList<>();
        for (PaperClaim claim : PaperClaim.all()) {
            claims.add(new StudyReport.Claim(
                    claim.claim(),
                    claim.answers().stream()
                            .map(id -> new StudyReport.Answer(id, verdicts.getOrDefault(id, "")))
                            .toList(),
                    claim.open()));
        }
        return claims;
    }

    /** Of the findings of which these networks hold at least one seed. */
    private static Map<String, String> verdicts(StudyResults results) throws IOException {
        Map<String, String> verdicts = new HashMap<>();
        List<RunResult> networks =
                results.rows().stream().map(StudyResults.Row::result).toList();
        if (networks.size() <= MOST_NETWORKS) {
            for (Finding finding : Findings.all()) {
                int seeds = finding.seeds(networks).size();
                if (seeds > 0) {
                    verdicts.put(
                            finding.id(),
                            finding.judge(networks, Findings.level()).verdict().word() + " by "
                                    + Count.of(seeds, "seed"));
                }
            }
        }
        return verdicts;
    }
}
