DROP TABLE difficulty_moves;
