package dev.wane.bench;

import dev.wane.formats.json.Json;
import dev.wane.lab.trial.Machine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs benchmarks by name: {@code bench/run list | NAME… [--json]}. */
public final class Main {
    private static final List<Benchmark> ALL = List.of(
            new TrainingLoopBenchmark(),
            new ConcurrentTrialsBenchmark(),
            new PlannerBenchmark(),
            new MemoryCurveBenchmark(),
            new CliStartBenchmark(),
            new LintFilesBenchmark(),
            new DecayMapBenchmark());

    private Main() {}

    public static void main(String[] arguments) {
        List<String> names = List.of(arguments).stream()
                .filter(argument -> !argument.startsWith("--"))
                .toList();
        boolean json = List.of(arguments).contains("--json");
        if (names.isEmpty() || names.contains("list")) {
            ALL.forEach(benchmark -> System.out.println(benchmark.name()));
            return;
        }
        List<String> unknown =
                names.stream().filter(name -> find(name).isEmpty()).toList();
        if (!unknown.isEmpty()) {
            System.err.println("bench/run: no benchmark " + unknown + "; there are "
                    + ALL.stream().map(Benchmark::name).toList());
            System.exit(2);
        }
        List<Benchmark> chosen =
                names.stream().flatMap(name -> find(name).stream()).toList();
        chosen.forEach(benchmark -> print(benchmark, json));
    }

    private static Optional<Benchmark> find(String name) {
        return ALL.stream().filter(benchmark -> benchmark.name().equals(name)).findFirst();
    }

    private static void print(Benchmark benchmark, boolean json) {
        List<Row> rows = benchmark.run();
        if (json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("version", 1);
            document.put("name", benchmark.name());
            document.put("machine", machine());
            document.put("rows", rows.stream().map(Row::json).toList());
            System.out.println(Json.pretty(document));
            return;
        }
        rows.forEach(row -> System.out.printf(
                "%s · %s: %.4f s, %s: %.4f s, ratio %.3f (%d rounds)%n",
                row.test(),
                row.candidate(),
                row.candidateSeconds(),
                row.reference(),
                row.referenceSeconds(),
                row.ratio(),
                row.rounds()));
    }

    private static Map<String, Object> machine() {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("cpu", Machine.cpu());
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        machine.put("java", System.getProperty("java.version"));
        machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return machine;
    }
}
