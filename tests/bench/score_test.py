"""Pairs of output and gold whose scores are known by hand."""

import json
import os
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import score_text as text


class Words(unittest.TestCase):
    def of(self, gold, output, either=""):
        return text.page_figures(text.compare(gold, output, either, text.words))

    def test_case_does_not_matter_and_each_word_counts_as_often_as_it_stands_there(self):
        self.assertEqual(self.of("One two two", "one TWO"), (0.8, 1.0, 2 / 3))

    def test_what_may_be_either_costs_nothing(self):
        self.assertEqual(self.of("a b", "a b c", "c"), (1.0, 1.0, 1.0))
        self.assertEqual(self.of("a b", "a b c c", "c"), (0.8, 2 / 3, 1.0))

    def test_nothing_is_right_where_nothing_is_due(self):
        self.assertEqual(self.of("", ""), (1.0, 1.0, 1.0))
        self.assertEqual(self.of("a", ""), (0.0, 0.0, 0.0))
        self.assertEqual(self.of("", "a"), (0.0, 0.0, 0.0))

    def test_many_pages_are_the_mean_of_each(self):
        f1, precision, recall = text.mean_of_pages([(2, 0, 2), (1, 1, 0)])
        self.assertAlmostEqual(f1, 2 / 3)
        self.assertEqual((precision, recall), (0.75, 0.75))


class Shingles(unittest.TestCase):
    def of(self, gold, output, either=""):
        return text.compare(gold, output, either, text.shingles)

    def test_runs_overlap_and_keep_their_case(self):
        self.assertEqual(self.of("a b c d e", "a b c d"), (1, 0, 1))
        self.assertEqual(self.of("a b c d", "A b c d"), (0, 1, 1))

    def test_a_text_of_fewer_words_is_one_run(self):
        self.assertEqual(self.of("a b", "a b"), (1, 0, 0))
        self.assertEqual(self.of("", "a"), (0, 1, 0))

    def test_a_page_without_output_has_no_precision_but_costs_recall(self):
        f1, precision, recall = text.f1_of_means([(3, 1, 1), (0, 0, 4)])
        self.assertEqual((precision, recall), (0.75, 0.375))
        self.assertEqual(f1, 0.5)


class Folders(unittest.TestCase):
    def setUp(self):
        self.room = tempfile.TemporaryDirectory()
        self.addCleanup(self.room.cleanup)

    def put(self, name, content):
        path = os.path.join(self.room.name, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(content)
        return os.path.realpath(path)

    def test_only_pages_with_gold_count_and_a_page_without_output_failed(self):
        page, gone = self.put("x/a.html", "?"), self.put("y/b.txt", "?")
        self.put("x/a.gold.txt", "one two")
        self.put("y/b.gold.txt", "three")
        self.put("y/c.txt", "no gold")
        self.put("x/a.meta.json", '{"title": "The  Title", "date": "2020-01-02"}')
        record = {"path": page, "text": "one two", "title": "the title", "date": {"value": "2020-01"}}
        output = self.put("out", "no record\n" + json.dumps(record) + "\n")
        result = text.score(self.room.name, text.outputs_of(output), True)
        self.assertEqual((result["pages"], result["failed"]), (2, [gone]))
        self.assertEqual(result["words"]["f1"], 0.5)
        self.assertEqual(result["words"]["folders"], {"x": (1.0, 1), "y": (0.0, 1)})
        self.assertEqual(result["words"]["worst"][0], (0.0, gone))
        self.assertEqual(result["facts"]["title"]["f1"], 1.0)
        self.assertEqual((result["facts"]["date"]["right"], result["facts"]["date"]["wrong"]), (0, 1))

    def test_the_error_is_that_of_drawing_pages(self):
        self.assertEqual(text.error_of(text.mean_of_pages, [(1, 0, 0)] * 9), 0.0)
        half = [(1, 0, 0), (0, 1, 1)] * 50
        self.assertAlmostEqual(text.error_of(text.mean_of_pages, half), 0.05, delta=0.01)


if __name__ == "__main__":
    unittest.main()
