-- Random files of the site that site.py makes.
local files = tonumber(os.getenv("files_per_directory"))
math.randomseed(1)
request = function()
  return wrk.format("GET", string.format("/%03d/%03d.txt", math.random(0, 999), math.random(0, files - 1)))
end
