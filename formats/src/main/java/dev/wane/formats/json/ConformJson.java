package dev.wane.formats.json;

import dev.wane.conform.ConformanceCase;
import dev.wane.conform.ConformanceCheck;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The conformance kit as JSON. */
public final class ConformJson {
    private ConformJson() {}

    /** One case. */
    public static Map<String, @Nullable Object> vectors(ConformanceCase each) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("version", 1);
        json.put("case", each.name());
        json.put("property", each.property());
        json.put("optimizer", each.optimizer());
        json.put("settings", each.settings().values());
        json.put("initial", list(each.initial()));
        json.put("gradients", each.gradients().stream().map(ConformJson::list).toList());
        if (!each.parts().isEmpty()) {
            json.put(
                    "parts",
                    each.parts().stream()
                            .map(step -> step.stream().map(ConformJson::list).toList())
                            .toList());
        }
        json.put("learningRates", list(each.learningRates()));
        json.put("weightDecays", list(each.weightDecays()));
        json.put("expected", each.expected().stream().map(ConformJson::list).toList());
        return json;
    }

    /**
     * What a check found.
     *
     * @param absent cases that the results leave out
     */
    public static Map<String, @Nullable Object> check(
            int cases, List<ConformanceCheck.Failure> failures, List<String> absent) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("version", 1);
        json.put("cases", cases);
        json.put("passed", cases - failures.size());
        json.put("failures", failures.stream().map(ConformJson::failure).toList());
        json.put("absent", absent);
        return json;
    }

    private static Map<String, @Nullable Object> failure(ConformanceCheck.Failure failure) {
        return Json.object(
                "case", failure.name(),
                "step", failure.step(),
                "maxRelativeError", failure.maxRelativeError(),
                "diagnosis", failure.diagnosis());
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
