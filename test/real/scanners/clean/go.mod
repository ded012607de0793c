module example.com/sample/backup

go 1.24

require example.com/sample/archive v1.2.1
