package org.idem.laboratory.finding;

import java.util.ArrayList;
import java.util.List;

/** Judges one finding and its false variants while seeds arrive. */
public final class Judging {
    private final Finding finding;
    private final List<FindingResult.Seed> seeds = new ArrayList<>();
    private final List<Long> failed = new ArrayList<>();
    private final List<ShareDecision> variants = new ArrayList<>();
    private ShareDecision decision;

    /**
     * Before the first seed.
     *
     * @param finding what is judged
     * @param level α of the finding and of each variant, in (0, 1)
     */
    public Judging(Finding finding, double level) {
        this.finding = finding;
        decision = ShareDecision.of(finding.share(), level);
        finding.variants().forEach(variant -> variants.add(ShareDecision.of(finding.share(), level)));
    }

    /**
     * One more seed. After the last that is needed, further ones change nothing.
     *
     * @param networks of the seed
     */
    public void add(SeedNetworks networks) {
        if (isDone()) {
            return;
        }
        if (!Finding.counts(networks)) {
            failed.add(networks.seed());
            return;
        }
        add(networks.seed(), finding.values(networks));
    }

    /** One more seed with its quantities. */
    void add(long seed, double... values) {
        boolean happened = finding.event().happens().test(values.clone());
        seeds.add(new FindingResult.Seed(seed, values, happened));
        decision = decision.after(happened);
        for (int i = 0; i < variants.size(); i++) {
            boolean also = finding.variants().get(i).happens().test(values.clone());
            variants.set(i, variants.get(i).after(also));
        }
    }

    /**
     * Whether no further seed is needed: the finding is decided and every variant refuted, or the most seeds are there.
     *
     * @return true at the end
     */
    public boolean isDone() {
        boolean decided = decision.answer() != ShareDecision.Answer.OPEN
                && variants.stream().allMatch(variant -> variant.answer() == ShareDecision.Answer.FEWER);
        return decided || seeds.size() + failed.size() >= finding.mostSeeds();
    }

    /**
     * What the seeds so far say.
     *
     * @return the result
     */
    public FindingResult result() {
        List<FindingResult.Variant> judged = new ArrayList<>();
        for (int i = 0; i < variants.size(); i++) {
            judged.add(new FindingResult.Variant(
                    finding.variants().get(i).text(), FindingVerdict.of(variants.get(i), finding.share())));
        }
        return new FindingResult(finding, FindingVerdict.of(decision, finding.share()), seeds, failed, judged);
    }
}
